package dispatch

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"dockwright.dev/go/dagger"
)

type report struct {
	Title  string `json:"title"`
	Lines  []string
	Source *dagger.Directory
	Inner  []*report
	Files  []dagger.File
}

func run(t *testing.T, input string, f func(ctx context.Context, call *Call) (any, error)) (string, bool) {
	t.Helper()
	text, failed := answer(context.Background(), []byte(input), f)
	if !json.Valid(text) {
		t.Fatalf("%s is no JSON", text)
	}
	return string(text), failed
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestStateAndArgumentsAreRead(t *testing.T) {
	text, failed := run(t, `{"parentType":"Report","parent":{"title":"a","Source":"dir"},"name":"f","arguments":{"n":2,"s":null}}`,
		func(ctx context.Context, call *Call) (any, error) {
			state := State[report](call)
			n, s, missing := Argument[int](call, "n"), Argument[*string](call, "s"), Argument[[]string](call, "x")
			if call.Err() != nil || s != nil || missing != nil {
				return nil, errors.New("read wrongly")
			}
			state.Title = strings.Repeat(state.Title, n)
			return state, nil
		})
	equal(t, failed, false)
	equal(t, text, `{"title":"aa","Lines":[],"Source":"dir","Inner":[],"Files":[]}`)
}

func TestAnArgumentThatDoesNotFitIsNamed(t *testing.T) {
	text, failed := run(t, `{"parentType":"Ci","parent":{},"name":"f","arguments":{"n":"x"}}`,
		func(ctx context.Context, call *Call) (any, error) {
			Argument[int](call, "n")
			return nil, call.Err()
		})
	equal(t, failed, true)
	equal(t, strings.Contains(text, `the argument \"n\" of Ci.f: json: cannot unmarshal string`), true)
}

// together answers every request only when all of them are there.
type together struct {
	group sync.WaitGroup
	count atomic.Int32
}

func (g *together) Execute(context.Context, string) ([]byte, error) {
	g.count.Add(1)
	g.group.Done()
	g.group.Wait()
	return []byte(`{"data":{"directory":{"id":"d"},"container":{"id":"c","rootfs":{"id":"r"}}}}`), nil
}

func TestIDsOfAResultAreAskedForTogether(t *testing.T) {
	transport := &together{}
	transport.group.Add(3)
	dag := dagger.NewClient(transport)
	text, failed := run(t, `{"parentType":"Ci","parent":{},"name":"f","arguments":{}}`,
		func(ctx context.Context, call *Call) (any, error) {
			return []any{dag.Directory(), &report{Source: dag.Container().Rootfs()}, []*dagger.Container{dag.Container()}}, nil
		})
	equal(t, failed, false)
	equal(t, text, `["d",{"title":"","Lines":[],"Source":"r","Inner":[],"Files":[]},["c"]]`)
	equal(t, transport.count.Load(), 3)
}

func TestNothingIsNull(t *testing.T) {
	for _, result := range []any{nil, (*report)(nil), (*dagger.Container)(nil)} {
		text, failed := run(t, `{}`, func(context.Context, *Call) (any, error) { return result, nil })
		equal(t, failed, false)
		equal(t, text, "null")
	}
}

type failing struct{}

func (failing) Execute(context.Context, string) ([]byte, error) {
	return []byte(`{"errors":[{"message":"exit code: 3","extensions":{"_type":"EXEC_ERROR","cmd":["a"],"exitCode":3,"stdout":"o","stderr":"e","more":[1]}}]}`), nil
}

func TestAnExecErrorKeepsItsValues(t *testing.T) {
	text, failed := run(t, `{}`, func(ctx context.Context, _ *Call) (any, error) {
		_, err := dagger.NewClient(failing{}).Container().Stdout(ctx)
		return nil, fmt.Errorf("while testing: %w", err)
	})
	equal(t, failed, true)
	equal(t, text, `{"kind":"ExecError","message":"while testing: exit code: 3","extensions":{"_type":"EXEC_ERROR","cmd":["a"],`+
		`"exitCode":3,"more":[1],"stderr":"e","stdout":"o"}}`)
}

func TestAnErrorHasItsKind(t *testing.T) {
	text, _ := run(t, `{}`, func(context.Context, *Call) (any, error) { return nil, errors.New("no") })
	equal(t, text, `{"kind":"error","message":"no"}`)
	text, _ = run(t, `{}`, func(context.Context, *Call) (any, error) { return nil, custom{} })
	equal(t, text, `{"kind":"custom","message":"of its own"}`)
}

func TestErrorsOfTheSandboxSayWhatToUse(t *testing.T) {
	refused := &fs.PathError{Op: "open", Path: "x", Err: syscall.ENOSYS}
	for advice, err := range map[string]error{
		"*dagger.Directory": fmt.Errorf("reading: %w", refused),
		"WithExec":          &fs.PathError{Op: "fork/exec", Path: "/bin/x", Err: syscall.ENOSYS},
		"in a container":    &exec.Error{Name: "git", Err: exec.ErrNotFound},
		"dag.HTTP(url)":     &url.Error{Op: "Get", URL: "u", Err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}},
	} {
		text, _ := run(t, `{}`, func(context.Context, *Call) (any, error) { return nil, err })
		equal(t, strings.Contains(text, err.Error()[:4]) && strings.Contains(text, "sandbox") && strings.Contains(text, advice), true)
	}
	_, embedded := embed.FS{}.Open("x")
	text, _ := run(t, `{}`, func(context.Context, *Call) (any, error) { return nil, embedded })
	equal(t, strings.Contains(text, "sandbox"), false)
}

type custom struct{}

func (custom) Error() string { return "of its own" }

func TestAPanicIsAFailureWithItsStack(t *testing.T) {
	text, failed := run(t, `{}`, func(context.Context, *Call) (any, error) {
		var none *report
		return none.Title, nil
	})
	equal(t, failed, true)
	var told details
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		t.Fatal(err)
	}
	equal(t, told.Kind, "panic")
	equal(t, told.Message, "runtime error: invalid memory address or nil pointer dereference")
	equal(t, strings.Contains(told.Trace, "runtime."), false)
}

func TestACallThatIsNoJSONIsAFailure(t *testing.T) {
	text, failed := run(t, `{`, func(context.Context, *Call) (any, error) { return nil, nil })
	equal(t, failed, true)
	equal(t, strings.Contains(text, "the call cannot be read"), true)
}

func TestMembersTravelByName(t *testing.T) {
	type level string
	members := []Member[level]{{"Low", "l"}, {"High", "h"}}
	text, err := MarshalMember(members, "h")
	equal(t, err, nil)
	equal(t, string(text), `"High"`)
	_, err = MarshalMember(members, "x")
	equal(t, err.Error(), "x is no member of dispatch.level")
	var read level
	equal(t, UnmarshalMember(members, []byte(`"Low"`), &read), nil)
	equal(t, read, "l")
	equal(t, UnmarshalMember(members, []byte(`"Nope"`), &read).Error(), `"Nope" is no member of dispatch.level`)
}

func TestAnUnknownFunctionIsNamed(t *testing.T) {
	equal(t, (&Call{ParentType: "Ci", Name: "x"}).Unknown().Error(), "the module has no Ci.x")
	equal(t, (&Call{ParentType: "Ci"}).Unknown().Error(), "the module has no constructor of Ci")
}

func TestObjectsByValueAreIDs(t *testing.T) {
	file := *dagger.NewClient(failing{}).LoadFileFromID("f")
	text, _ := run(t, `{}`, func(context.Context, *Call) (any, error) { return struct{ F dagger.File }{file}, nil })
	equal(t, text, `{"F":"f"}`)
	text, _ = run(t, `{}`, func(context.Context, *Call) (any, error) { return file, nil })
	equal(t, text, `"f"`)
}
