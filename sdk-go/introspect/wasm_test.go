package main

import (
	"encoding/binary"
	"errors"
)

// wasmModule is what a core module asks for and offers.
type wasmModule struct {
	imports   []string
	exports   []string
	functions uint64
}

var errNoModule = errors.New("it is no WebAssembly module")

// wasmReader reads the parts of the binary format that the tests need.
type wasmReader struct {
	bytes []byte
	err   error
}

func readWasm(bytes []byte) (*wasmModule, error) {
	if len(bytes) < 8 || string(bytes[:8]) != "\x00asm\x01\x00\x00\x00" {
		return nil, errNoModule
	}
	module := &wasmModule{}
	all := &wasmReader{bytes: bytes[8:]}
	for len(all.bytes) > 0 && all.err == nil {
		id := all.byte()
		section := &wasmReader{bytes: all.take(all.number())}
		switch id {
		case 2:
			for range section.number() {
				module.imports = append(module.imports, section.name()+"."+section.name())
				section.descriptor()
			}
		case 3:
			module.functions = section.number()
		case 7:
			for range section.number() {
				module.exports = append(module.exports, section.name())
				section.byte()
				section.number()
			}
		}
		all.err = errors.Join(all.err, section.err)
	}
	return module, all.err
}

// descriptor skips the type of an import; Go imports functions only.
func (r *wasmReader) descriptor() {
	if kind := r.byte(); kind != 0 {
		r.err = errors.New("an import is no function")
		return
	}
	r.number()
}

func (r *wasmReader) byte() byte {
	taken := r.take(1)
	if len(taken) == 0 {
		return 0
	}
	return taken[0]
}

func (r *wasmReader) number() uint64 {
	value, size := binary.Uvarint(r.bytes)
	if size <= 0 {
		r.err = errNoModule
		r.bytes = nil
		return 0
	}
	r.bytes = r.bytes[size:]
	return value
}

func (r *wasmReader) name() string {
	return string(r.take(r.number()))
}

func (r *wasmReader) take(size uint64) []byte {
	if size > uint64(len(r.bytes)) {
		r.err = errNoModule
		r.bytes = nil
		return nil
	}
	taken := r.bytes[:size]
	r.bytes = r.bytes[size:]
	return taken
}
