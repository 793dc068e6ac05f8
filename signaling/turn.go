package signaling

// TURN names relays (RFC 8656) for two peers whose networks let nothing through
// to one another, and what opens them. A relay passes on what is sealed between
// the peers' ends (RFC 8261), and so reads nothing of it.
type TURN struct {
	URLs                 []string // RFC 7065
	Username, Credential string   // of the long-term mechanism (RFC 8489 section 9.2)
}

func (m TURN) append(b []byte) []byte {
	b = append(b, typeTURN)
	for _, s := range [...]string{m.Username, m.Credential} {
		b = append(append(b, byte(len(s))), s...)
	}
	return appendURLs(b, m.URLs)
}

func parseTURN(b []byte) (Message, error) {
	var m TURN
	for _, s := range [...]*string{&m.Username, &m.Credential} {
		if len(b) == 0 || int(b[0]) > len(b)-1 {
			return nil, ErrMalformed
		}
		n := 1 + int(b[0])
		*s, b = string(b[1:n]), b[n:]
	}
	var err error
	m.URLs, err = parseURLs(b)
	return m, err
}

// appendURLs appends a list of ICE servers: their count, and each with its
// length before it.
func appendURLs(b []byte, urls []string) []byte {
	b = append(b, byte(len(urls)))
	for _, u := range urls {
		b = append(append(b, byte(len(u)>>8), byte(len(u))), u...)
	}
	return b
}

func parseURLs(b []byte) ([]string, error) {
	if len(b) == 0 || b[0] > MaxICE {
		return nil, ErrMalformed
	}
	var urls []string
	count, b := b[0], b[1:]
	for range count {
		if len(b) < 2 {
			return nil, ErrMalformed
		}
		n := int(b[0])<<8 | int(b[1])
		if n == 0 || n > MaxICEURL || n > len(b)-2 {
			return nil, ErrMalformed
		}
		urls = append(urls, string(b[2:2+n]))
		b = b[2+n:]
	}
	return urls, nil
}
