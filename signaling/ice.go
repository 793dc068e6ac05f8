package signaling

import (
	"slices"
	"strconv"
	"strings"
)

// IsICE tells whether s is the URL of an ICE server: stun: or stuns: as RFC
// 7064 has it, turn: or turns: as RFC 7065 has it. Peers read no others that a
// server names: a browser makes no connection at all when one of its servers
// is none, and pion's parser comes to no end with "turn:[::1]3478".
func IsICE(s string) bool {
	scheme, rest, _ := strings.Cut(s, ":")
	where, query, asked := strings.Cut(rest, "?")
	switch scheme {
	case "stun", "stuns":
		return !asked && isHostPort(where)
	case "turn", "turns":
		return (!asked || query == "transport=udp" || query == "transport=tcp") && isHostPort(where)
	}
	return false
}

// isHostPort tells whether s is a host and perhaps a port, and nothing else.
func isHostPort(s string) bool {
	host, rest := s, ""
	if strings.HasPrefix(s, "[") { // IPv6
		end := strings.IndexByte(s, ']')
		if end < 0 || !strings.Contains(s[:end], ":") {
			return false
		}
		host, rest = s[1:end], s[end+1:]
		if !consists(host, "0123456789abcdefABCDEF:.") {
			return false
		}
	} else {
		if i := strings.IndexByte(s, ':'); i >= 0 {
			host, rest = s[:i], s[i:]
		}
		if !consists(host, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._") {
			return false
		}
	}
	if rest == "" {
		return true
	}
	port, ok := strings.CutPrefix(rest, ":")
	n, err := strconv.ParseUint(port, 10, 16)
	return ok && err == nil && n > 0
}

// consists tells whether s is some of those characters, and at least one.
func consists(s, of string) bool {
	return s != "" && strings.Trim(s, of) == ""
}

// readable is what of a server's list a peer may read.
func readable(urls []string) []string {
	return slices.DeleteFunc(urls, func(u string) bool { return !IsICE(u) })
}
