package dagger_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"dockwright.dev/go/dagger"
)

// fake answers by the first key that a document contains, and remembers documents.
type fake struct {
	mu        sync.Mutex
	answers   []string
	documents []string
}

func (f *fake) Execute(_ context.Context, document string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.documents = append(f.documents, document)
	for i := 0; i+1 < len(f.answers); i += 2 {
		if strings.Contains(document, f.answers[i]) {
			return []byte(f.answers[i+1]), nil
		}
	}
	return nil, errors.New("no answer for " + document)
}

func client(answers ...string) (*dagger.Client, *fake) {
	transport := &fake{answers: answers}
	return dagger.NewClient(transport), transport
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestValuesAreAskedForInOneRequest(t *testing.T) {
	dag, sent := client("stdout", `{"data":{"container":{"from":{"withExec":{"stdout":"hi\n"}}}}}`)
	out, err := dag.Container(dagger.ContainerOpts{Platform: "linux/amd64"}).From("alpine").
		WithExec([]string{"echo", "a\"b\\\n\x01é"}, dagger.ContainerWithExecOpts{Expect: dagger.ReturnTypeAny, Expand: true}).
		Stdout(context.Background())
	equal(t, err, nil)
	equal(t, out, "hi\n")
	equal(t, len(sent.documents), 1)
	equal(t, sent.documents[0], `query{container(platform:"linux/amd64"){from(address:"alpine"){withExec(args:["echo",`+
		`"a\"b\\\n\u0001é"],expect:ANY,expand:true){stdout}}}}`)
}

func TestObjectsInArgumentsAreSentAsTheirIDsOnce(t *testing.T) {
	dag, sent := client("{directory{id}}", `{"data":{"directory":{"id":"dir"}}}`,
		"entries", `{"data":{"directory":{"withDirectory":{"withDirectory":{"entries":["a"]}}}}}`)
	source := dag.Directory()
	entries, err := dag.Directory().WithDirectory("x", source).WithDirectory("y", source).Entries(context.Background())
	equal(t, err, nil)
	equal(t, strings.Join(entries, ","), "a")
	equal(t, len(sent.documents), 2)
	equal(t, sent.documents[1], `query{directory{withDirectory(path:"x",source:"dir"){withDirectory(path:"y",source:"dir"){entries}}}}`)
}

func TestInputsAndListsOfObjectsAreEncoded(t *testing.T) {
	dag, sent := client("{service(", `{"data":{"host":{"service":{"id":"s"}}}}`, "asTarball", `{"data":{"container":{"asTarball":{"id":"f"}}}}`)
	_, err := dag.Host().Service([]dagger.PortForward{{Backend: 80, Protocol: dagger.NetworkProtocolTcp}}).ID(context.Background())
	equal(t, err, nil)
	equal(t, sent.documents[0], `query{host{service(ports:[{backend:80,protocol:TCP}]){id}}}`)
	variants := []*dagger.Container{dag.LoadContainerFromID("one"), dag.LoadContainerFromID("two")}
	_, err = dag.Container().AsTarball(dagger.ContainerAsTarballOpts{PlatformVariants: variants}).ID(context.Background())
	equal(t, err, nil)
	equal(t, sent.documents[1], `query{container{asTarball(platformVariants:["one","two"]){id}}}`)
}

func TestListsOfObjectsAreLoadedByTheirIDs(t *testing.T) {
	dag, sent := client("envVariables", `{"data":{"container":{"envVariables":[{"id":"a"},{"id":"b"}]}}}`,
		`"b"`, `{"data":{"node":{"name":"B"}}}`)
	variables, err := dag.Container().EnvVariables(context.Background())
	equal(t, err, nil)
	equal(t, len(variables), 2)
	name, err := variables[1].Name(context.Background())
	equal(t, err, nil)
	equal(t, name, "B")
	equal(t, sent.documents[1], `query{node(id:"b"){... on EnvVariable{name}}}`)
}

func TestSyncGivesTheObjectOfTheID(t *testing.T) {
	dag, sent := client("sync", `{"data":{"container":{"sync":"done"}}}`)
	container, err := dag.Container().Sync(context.Background())
	equal(t, err, nil)
	id, err := container.ID(context.Background())
	equal(t, err, nil)
	equal(t, id, dagger.ID("done"))
	equal(t, len(sent.documents), 1)
}

func TestNullIsTheZeroValue(t *testing.T) {
	dag, _ := client("envVariable", `{"data":{"container":{"envVariable":null}}}`,
		"interval", `{"data":{"container":{"dockerHealthcheck":null}}}`)
	value, err := dag.Container().EnvVariable(context.Background(), "X")
	equal(t, err, nil)
	equal(t, value, "")
	interval, err := dag.Container().DockerHealthcheck().Interval(context.Background())
	equal(t, err, nil)
	equal(t, interval, "")
}

func TestAFailedCommandIsAnExecError(t *testing.T) {
	dag, _ := client("stdout", `{"data":null,"errors":[{"message":"exit code: 3","path":["container","stdout"],`+
		`"extensions":{"_type":"EXEC_ERROR","cmd":["sh","-c"],"exitCode":3,"stdout":"o","stderr":"e","more":1}}]}`)
	_, err := dag.Container().Stdout(context.Background())
	var failed *dagger.ExecError
	if !errors.As(err, &failed) {
		t.Fatalf("%T is no ExecError", err)
	}
	equal(t, failed.ExitCode, 3)
	equal(t, strings.Join(failed.Cmd, " "), "sh -c")
	equal(t, failed.Stdout+failed.Stderr, "oe")
	equal(t, failed.Error(), "exit code: 3")
	equal(t, failed.Message(), "exit code: 3")
	equal(t, failed.Extensions()["more"], any(float64(1)))
	equal(t, failed.Unwrap() != nil, true)
}

func TestOtherErrorsKeepTheirMessage(t *testing.T) {
	dag, _ := client("stdout", `{"errors":[{"message":"no such image"}]}`, "stderr", `what`)
	_, err := dag.Container().Stdout(context.Background())
	equal(t, err.Error(), "no such image")
	_, err = dag.Container().Stderr(context.Background())
	equal(t, err.Error(), "the API's response cannot be read: it is no JSON object")
}

func TestANilObjectInAnArgumentIsAnError(t *testing.T) {
	dag, _ := client()
	_, err := dag.Container().WithRootfs(nil).Stdout(context.Background())
	equal(t, err.Error(), `the argument "directory" of container.withRootfs: it is a nil object`)
}

func TestAnEnumsMemberHasToBeAName(t *testing.T) {
	dag, _ := client()
	_, err := dag.Container().WithExec(nil, dagger.ContainerWithExecOpts{Expect: "a b"}).Stdout(context.Background())
	equal(t, err.Error(), `the argument "expect" of container.withExec: "a b" is no name of an enum's member`)
}

func TestACancelledContextSendsNothing(t *testing.T) {
	dag, sent := client()
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("enough"))
	_, err := dag.Container().Stdout(ctx)
	equal(t, err.Error(), "enough")
	equal(t, len(sent.documents), 0)
}

func TestObjectsAreIDsInJSON(t *testing.T) {
	dagger.SetMarshalTransport(&fake{answers: []string{`"dir"`, `{"data":{"node":{"digest":"d"}}}`}})
	var state struct {
		Source *dagger.Directory
		Kind   dagger.ImageMediaTypes
		None   *dagger.File
	}
	err := json.Unmarshal([]byte(`{"Source":"dir","Kind":"OCI","None":null}`), &state)
	equal(t, err, nil)
	equal(t, state.Kind, dagger.ImageMediaTypesOcimediaTypes)
	digest, err := state.Source.Digest(context.Background())
	equal(t, err, nil)
	equal(t, digest, "d")
	text, err := json.Marshal(state)
	equal(t, err, nil)
	equal(t, string(text), `{"Source":"dir","Kind":"OCIMediaTypes","None":null}`)
}

func TestInterfacesBecomeConcreteObjects(t *testing.T) {
	dag, _ := client("__typename", `{"data":{"directory":{"__typename":"Directory"}}}`)
	concrete, err := dag.Directory().AsSyncer().Concrete(context.Background())
	equal(t, err, nil)
	if _, ok := concrete.(*dagger.Directory); !ok {
		t.Errorf("it is a %T", concrete)
	}
}

func TestObjectsAreReferredToByID(t *testing.T) {
	dag, sent := client("size", `{"data":{"node":{"size":4}}}`, `{id}`, `{"data":{"node":{"id":"x"}}}`, "{... on File{id}}", `{"data":{"node":{"id":"x"}}}`)
	size, err := dagger.Ref[*dagger.File](dag, "x").Size(context.Background())
	equal(t, err, nil)
	equal(t, size, 4)
	_, err = dagger.Load[*dagger.File](context.Background(), dag, "x")
	equal(t, err, nil)
	equal(t, sent.documents[1], `query{node(id:"x"){... on File{id}}}`)
}

func TestOwnStepsFitIntoAChain(t *testing.T) {
	dag, sent := client("stdout", `{"data":{"container":{"withUser":{"stdout":""}}}}`)
	step := func(r *dagger.Container) *dagger.Container { return r.WithUser("me") }
	_, err := dag.Container().With(step).Stdout(context.Background())
	equal(t, err, nil)
	equal(t, sent.documents[0], `query{container{withUser(name:"me"){stdout}}}`)
}
