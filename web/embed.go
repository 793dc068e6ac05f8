// Package web is the page: what people see. Its sources are in src, the
// program in build makes dist of them, and this package serves dist, which the
// binary carries with it.
package web

import "embed"

// The directory holds a placeholder, so that a fresh clone compiles before
// the page is built.
//
//go:embed all:dist
var dist embed.FS
