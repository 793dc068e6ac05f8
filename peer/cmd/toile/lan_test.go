package main

import "testing"

func TestServerAtHomeIsToldByHowItsAddressIsWritten(t *testing.T) {
	for page, want := range map[string]bool{
		"http://localhost:8080/": true, "http://127.0.0.1:8080/": true, "http://[::1]:8080/": true, "http://192.168.1.5:8080/": true,
		"http://10.1.2.3/": true, "http://[fd00::2]/": true, "http://[fe80::1%25eth0]/": true, "http://Cinema.local:8080/": true, "http://toile.localhost./": true,
		"https://toile.example/": false, "https://192.0.2.2/": false, "https://[2001:db8::1]/": false, "https://local/": false,
		"https://localhost.toile.example/": false, "https://10.1.2.3.toile.example/": false, "": false,
	} {
		if got := atHome(page); got != want {
			t.Errorf("%q: %v, want %v", page, got, want)
		}
	}
}
