package dagger

import (
	"dockwright.dev/go/dagger/querybuilder"
)

// execError is the _type of a failed command among the values of an error.
const execError = "EXEC_ERROR"

// ExecError is a command in a container that failed.
type ExecError struct {
	original *querybuilder.Error

	// Cmd is the command and its arguments.
	Cmd []string

	// ExitCode is what it exited with.
	ExitCode int

	// Stdout is what it wrote to its standard output, shortened when it is long.
	Stdout string

	// Stderr is what it wrote to its standard error, shortened when it is long.
	Stderr string
}

// Error is the API's message.
func (e *ExecError) Error() string {
	return e.Message()
}

// Message is the API's message, without what the command wrote.
func (e *ExecError) Message() string {
	if e.original == nil {
		return "a command failed"
	}
	return e.original.Message
}

// Extensions are the structured values, as they cross modules.
func (e *ExecError) Extensions() map[string]any {
	values := map[string]any{}
	if e.original != nil {
		for name, value := range e.original.Values {
			values[name] = value
		}
	}
	values["_type"] = execError
	values["cmd"] = e.Cmd
	values["exitCode"] = e.ExitCode
	values["stdout"] = e.Stdout
	values["stderr"] = e.Stderr
	return values
}

// Unwrap is the error as the API gave it.
func (e *ExecError) Unwrap() error {
	if e.original == nil {
		return nil
	}
	return e.original
}

func init() {
	querybuilder.ErrorHook = typedError
}

// typedError is the error of the type that its values name.
func typedError(err *querybuilder.Error) error {
	if kind, _ := err.Values["_type"].(string); kind != execError {
		return err
	}
	failed := &ExecError{original: err, ExitCode: -1}
	if code, ok := err.Values["exitCode"].(float64); ok {
		failed.ExitCode = int(code)
	}
	failed.Stdout, _ = err.Values["stdout"].(string)
	failed.Stderr, _ = err.Values["stderr"].(string)
	words, _ := err.Values["cmd"].([]any)
	for _, word := range words {
		if text, ok := word.(string); ok {
			failed.Cmd = append(failed.Cmd, text)
		}
	}
	return failed
}
