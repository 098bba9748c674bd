// Package guest is the border between a module's code and the host: requests, the call's input and its output.
//
// The functions are those of the imports "dockwright", described in the SDK's README. Outside of WebAssembly every one of
// them fails, so that the code compiles and can be checked there.
package guest

import "errors"

// Transport sends requests to the host. A goroutine that waits for an answer lets others run.
type Transport struct{}

// errNoHost is what every request fails with in an ordinary program.
var errNoHost = errors.New("there is no host: this code is a module, and runs when it is called through dockwright")
