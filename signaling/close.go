package signaling

import "errors"

// Why a connection to the server ends. Both sides agree on close codes (RFC
// 6455 section 7.4.2 leaves 4000 to 4999 to applications); Go code sees these.
var (
	ErrServerAway   = errors.New("signaling: server away")
	ErrVersion      = errors.New("signaling: server speaks another version")
	ErrClaim        = errors.New("signaling: claim refused")
	ErrRoomFull     = errors.New("signaling: room full")
	ErrRoomNotFound = errors.New("signaling: room not found")
	ErrRate         = errors.New("signaling: too many messages")
	ErrReplaced     = errors.New("signaling: replaced by a newer connection")
	ErrTooBig       = errors.New("signaling: message too big")
	ErrFull         = errors.New("signaling: server full")
	ErrRestart      = errors.New("signaling: server restarts")
	ErrProtocol     = errors.New("signaling: protocol violated")
	// ErrTampered is no code: what came through the server was not what the
	// other side of the invitation sent.
	ErrTampered = errors.New("signaling: introduction tampered with")
	// ErrSecret is no code either: the host is there, and another secret is in
	// its invitation.
	ErrSecret = errors.New("signaling: invitation is not the host's")
	// ErrReplayed is a handshake that was begun before.
	ErrReplayed = errors.New("signaling: handshake replayed")
)

// CloseCode is how a connection ends, on the wire.
type CloseCode int

// The codes.
const (
	CloseProtocol     CloseCode = 1002
	CloseTooBig       CloseCode = 1009
	CloseRestart      CloseCode = 1012
	CloseFull         CloseCode = 1013
	CloseVersion      CloseCode = 4001
	CloseClaim        CloseCode = 4002
	CloseRoomFull     CloseCode = 4003
	CloseRoomNotFound CloseCode = 4004
	CloseRate         CloseCode = 4008
	CloseReplaced     CloseCode = 4009
)

var closeTable = [...]struct {
	code CloseCode
	err  error
}{
	{CloseProtocol, ErrProtocol},
	{CloseTooBig, ErrTooBig},
	{CloseRestart, ErrRestart},
	{CloseFull, ErrFull},
	{CloseVersion, ErrVersion},
	{CloseClaim, ErrClaim},
	{CloseRoomFull, ErrRoomFull},
	{CloseRoomNotFound, ErrRoomNotFound},
	{CloseRate, ErrRate},
	{CloseReplaced, ErrReplaced},
}

// Err is the error that c stands for; [ErrServerAway] for a code that says
// nothing more than that the connection is gone.
func (c CloseCode) Err() error {
	for _, e := range closeTable {
		if e.code == c {
			return e.err
		}
	}
	return ErrServerAway
}
