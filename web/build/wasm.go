package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// compileWasm compiles the browser's peer. Paths and the commit are kept out of it: the same source gives the same
// name, and browsers keep what they have.
func compileWasm(root string) (file, error) {
	dir, err := os.MkdirTemp("", "toile-wasm-")
	if err != nil {
		return file{}, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "toile.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, "./wasm")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		return file{}, fmt.Errorf("go build ./wasm: %w\n%s", err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return file{}, err
	}
	return file{name: hashName("assets/toile.wasm", data), data: data, visit: visitWasm}, nil
}

// wasmExec lets the page import "toile:wasm_exec": the JavaScript that comes with the Go compiler and must be of its
// version, so it is read from the toolchain at hand and not kept in the tree.
func wasmExec(root string) api.Plugin {
	return api.Plugin{Name: "wasm_exec", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^toile:wasm_exec$`},
			func(a api.OnResolveArgs) (api.OnResolveResult, error) {
				return api.OnResolveResult{Path: a.Path, Namespace: "toile", SideEffects: api.SideEffectsTrue}, nil
			})
		build.OnLoad(api.OnLoadOptions{Filter: `^toile:wasm_exec$`, Namespace: "toile"},
			func(api.OnLoadArgs) (api.OnLoadResult, error) {
				cmd := exec.Command("go", "env", "GOROOT")
				cmd.Dir = root // the toolchain that go.mod asks for
				out, err := cmd.Output()
				if err != nil {
					return api.OnLoadResult{}, fmt.Errorf("go env GOROOT: %w", err)
				}
				src, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "lib", "wasm", "wasm_exec.js"))
				if err != nil {
					return api.OnLoadResult{}, err
				}
				text := string(src)
				return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
			})
	}}
}
