// Command introspect learns what a Go module offers from its source, and writes the code that lets it be called.
//
// It reads one JSON object from its input and writes one to its output; the SDK's README describes both. It needs no Go
// toolchain and runs nothing of the module: it parses the files, checks the declarations with stand-ins for what they
// import, and never looks into functions.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		fmt.Fprintln(os.Stderr, "introspect: the request cannot be read:", err)
		os.Exit(2)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(answer(in)); err != nil {
		fmt.Fprintln(os.Stderr, "introspect: the answer cannot be written:", err)
		os.Exit(2)
	}
}

// answer does what is asked for.
func answer(in input) any {
	if in.List != nil {
		return list(in.List, in.Go)
	}
	return introspect(in)
}

// introspect describes the module. With diagnostics there is no definition.
func introspect(in input) output {
	m := newModule(in)
	m.parse(in.Files)
	if len(m.diagnostics) == 0 {
		m.check()
		m.describe()
	}
	if len(m.diagnostics) > 0 {
		return output{Generated: map[string]string{}, Diagnostics: m.sortedDiagnostics()}
	}
	generated, err := m.generate()
	if err != nil {
		m.diagnostics = append(m.diagnostics, diagnostic{File: "dagger.gen.go", Line: 1, Column: 1, Message: err.Error()})
		return output{Generated: map[string]string{}, Diagnostics: m.diagnostics}
	}
	return output{
		Definition:  &m.definition,
		Generated:   map[string]string{"dagger.gen.go": generated},
		Diagnostics: []diagnostic{},
	}
}
