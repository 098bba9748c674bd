package main

import (
	"bytes"
	"encoding/json"
	"unsafe"
)

// Built as a module is, the program has a module's border: the request is the state of the object that is called.

//go:wasmimport dockwright input
func hostInput(into unsafe.Pointer, length uint32) uint32

//go:wasmimport dockwright output
func hostOutput(from unsafe.Pointer, length uint32, failed uint32)

//go:wasmexport dockwright_invoke
func dockwrightInvoke() {
	text := make([]byte, hostInput(nil, 0))
	hostInput(unsafe.Pointer(unsafe.SliceData(text)), uint32(len(text)))
	var call struct {
		Parent input `json:"parent"`
	}
	var result bytes.Buffer
	err := json.Unmarshal(text, &call)
	if err == nil {
		encoder := json.NewEncoder(&result)
		encoder.SetEscapeHTML(false)
		err = encoder.Encode(answer(call.Parent))
	}
	if err != nil {
		text, _ := json.Marshal(map[string]string{"kind": "RuntimeError", "message": "introspect: " + err.Error()})
		hostOutput(unsafe.Pointer(unsafe.SliceData(text)), uint32(len(text)), 1)
		return
	}
	hostOutput(unsafe.Pointer(unsafe.SliceData(result.Bytes())), uint32(result.Len()), 0)
}
