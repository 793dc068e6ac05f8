//go:build !js

package link

import "testing"

func TestInterfacesOfContainersAndMachinesInsideAreNotTold(t *testing.T) {
	for _, name := range []string{"docker0", "br-1a2b3c4d5e6f", "veth12ab", "virbr0", "vmnet8", "vboxnet0", "podman1", "cni0", "lxcbr0"} {
		if tellable(name) {
			t.Errorf("%s is told", name)
		}
	}
	for _, name := range []string{"lo", "eth0", "en0", "enp3s0", "wlan0", "wlp2s0", "br0", "bond0", "ppp0", "Ethernet", "Wi-Fi"} {
		if !tellable(name) {
			t.Errorf("%s is kept back", name)
		}
	}
}
