// Command relay is a small relay (TURN, RFC 8656) for the tests, which takes
// credentials as coturn does with use-auth-secret. To each line on its standard
// input it answers with what it has carried. It sets no quota and lets peers
// reach any address: it is not for the Internet.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"net"
	"os"
	"sync/atomic"

	"github.com/pion/logging"
	"github.com/pion/turn/v5"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "`address` to listen on, by UDP; its IP is the one that peers are told")
	secret := flag.String("secret", "", "`file` with the secret that the credentials are made with")
	flag.Parse()
	if err := run(*listen, *secret); err != nil {
		fmt.Fprintln(os.Stderr, "relay:", err)
		os.Exit(1)
	}
}

func run(listen, file string) error {
	secret, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	socket, err := net.ListenPacket("udp4", listen)
	if err != nil {
		return err
	}
	ip := socket.LocalAddr().(*net.UDPAddr).IP
	logs := logging.NewDefaultLoggerFactory()
	carried := &counter{RelayAddressGeneratorStatic: turn.RelayAddressGeneratorStatic{RelayAddress: ip, Address: ip.String()}}
	server, err := turn.NewServer(turn.ServerConfig{
		Realm: "relay.example", LoggerFactory: logs,
		AuthHandler:       turn.LongTermTURNRESTAuthHandler(string(bytes.TrimSpace(secret)), logs.NewLogger("turn")),
		PacketConnConfigs: []turn.PacketConnConfig{{PacketConn: socket, RelayAddressGenerator: carried}},
	})
	if err != nil {
		return err
	}
	defer server.Close()
	fmt.Printf("turn:%s\n", socket.LocalAddr())
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		fmt.Printf("{\"allocations\":%d,\"bytes\":%d}\n", carried.allocations.Load(), carried.bytes.Load())
	}
	return nil
}

// counter gives out relayed sockets, and counts them and what comes in by them.
type counter struct {
	turn.RelayAddressGeneratorStatic
	allocations, bytes atomic.Int64
}

func (c *counter) AllocatePacketConn(conf turn.AllocateListenerConfig) (net.PacketConn, net.Addr, error) {
	socket, addr, err := c.RelayAddressGeneratorStatic.AllocatePacketConn(conf)
	if err != nil {
		return nil, nil, err
	}
	c.allocations.Add(1)
	return counted{socket, &c.bytes}, addr, nil
}

type counted struct {
	net.PacketConn
	bytes *atomic.Int64
}

func (c counted) ReadFrom(b []byte) (int, net.Addr, error) {
	n, from, err := c.PacketConn.ReadFrom(b)
	c.bytes.Add(int64(n))
	return n, from, err
}
