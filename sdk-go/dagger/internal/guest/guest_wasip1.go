package guest

import (
	"context"
	"errors"
	"io"
	"os"
	"time"
	"unsafe"
)

// submit starts a request. It gives a descriptor that is read until its end: a byte, 0 for a response and 1 for a message
// that says why there is none, then the text. Closing it cancels the request.
//
//go:wasmimport dockwright submit
func submit(document unsafe.Pointer, documentLength uint32, variables unsafe.Pointer, variablesLength uint32) int32

// input gives the call's length when the length is 0, else copies the call.
//
//go:wasmimport dockwright input
func input(into unsafe.Pointer, length uint32) uint32

// output takes the result; failed is 1 when it is a failure.
//
//go:wasmimport dockwright output
func output(from unsafe.Pointer, length uint32, failed uint32)

// longAgo is a deadline that has passed: it wakes a reader at once.
var longAgo = time.Unix(1, 0)

// Execute sends a document and waits for the response.
func (Transport) Execute(ctx context.Context, document string) ([]byte, error) {
	fd := submit(unsafe.Pointer(unsafe.StringData(document)), uint32(len(document)), nil, 0)
	if fd < 0 {
		return nil, errors.New("the host refused the request: the API cannot be called here")
	}
	// The descriptor does not block, so the runtime's poller waits for it and other goroutines go on.
	response := os.NewFile(uintptr(fd), "request")
	defer response.Close()
	stop := context.AfterFunc(ctx, func() {
		// An error means that the descriptor is closed, and then nobody waits.
		_ = response.SetReadDeadline(longAgo)
	})
	defer stop()
	text, err := io.ReadAll(response)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, err
	case len(text) == 0:
		return nil, errors.New("the host gave no answer")
	case text[0] != 0:
		return nil, errors.New(string(text[1:]))
	}
	return text[1:], nil
}

// Input is the call's text.
func Input() []byte {
	text := make([]byte, input(nil, 0))
	if len(text) > 0 {
		input(unsafe.Pointer(unsafe.SliceData(text)), uint32(len(text)))
	}
	return text
}

// Output gives the call's result, or its failure.
func Output(text []byte, failed bool) {
	var flag uint32
	if failed {
		flag = 1
	}
	output(unsafe.Pointer(unsafe.SliceData(text)), uint32(len(text)), flag)
}
