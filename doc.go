// Package toile is the root of a watch party that lives between the people in it. It holds no code: the program is in
// signaling/cmd/signaling (the server and the page), wasm (the peer in the page) and peer/cmd/toile (the peer in a
// terminal). Its test keeps the imports between the packages running one way.
package toile
