package dagger_test

import (
	"context"
	"testing"

	"dockwright.dev/go/dagger"
)

// The bindings are those of ci_gen_test.go and pond_gen_test.go, as the generator writes them.
func TestADependencyIsCalledByItsBindings(t *testing.T) {
	dag, sent := client("lint", `{"data":{"ci":{"withLevel":{"lint":"clean"}}}}`)
	ci := dag.Ci(dagger.CiOpts{Python: "3.13"}).WithLevel(dagger.CiSeverityVeryHigh)
	text, err := ci.Lint(context.Background(), "a", dagger.CiLintOpts{Names: []string{"x"}})
	equal(t, err, nil)
	equal(t, text, "clean")
	equal(t, sent.documents[0], `query{ci(python:"3.13"){withLevel(level:VERY_HIGH){lint(from:"a",names:["x"])}}}`)
}

func TestAnObjectIsSeenAsAnInterface(t *testing.T) {
	dag, sent := client("asCiDuck{id}", `{"data":{"pond":{"mallard":{"asCiDuck":{"id":"PondMallard@1"}}}}}`,
		"listen", `{"data":{"ci":{"listen":3}}}`)
	heard, err := dag.Ci().Listen(context.Background(), dag.Pond().Mallard().AsCiDuck())
	equal(t, err, nil)
	equal(t, heard, 3)
	equal(t, sent.documents[1], `query{ci{listen(duck:"PondMallard@1")}}`)
}
