// A pipeline as users of dagger.io/dagger write one. Prints what it found as JSON.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"dagger.io/dagger"
	"golang.org/x/sync/errgroup"
)

type report struct {
	Version   string            `json:"version"`
	Entries   []string          `json:"entries"`
	Greeting  string            `json:"greeting"`
	Platform  string            `json:"platform"`
	Cache     string            `json:"cache"`
	Secret    string            `json:"secret"`
	Error     map[string]any    `json:"error"`
	Missing   string            `json:"missing"`
	Allowed   int               `json:"allowed"`
	Variables map[string]string `json:"variables"`
	Sorted    string            `json:"sorted"`
	Exported  string            `json:"exported"`
	New       []any             `json:"new"`
	Parallel  string            `json:"parallel"`
}

func main() {
	found, err := pipeline(context.Background(), os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}

func pipeline(ctx context.Context, run string) (found report, err error) {
	client, err := dagger.Connect(ctx, dagger.WithLogOutput(os.Stderr))
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, client.Close()) }()

	if found.Version, err = client.Version(ctx); err != nil {
		return found, err
	}
	source := client.Host().Directory("source", dagger.HostDirectoryOpts{Exclude: []string{"**/*.log"}})
	if found.Entries, err = source.Directory("data").Entries(ctx); err != nil {
		return found, err
	}

	base := client.Container().
		From("alpine").
		WithEnvVariable("RUN", run).
		WithEnvVariable("GREETING", "Hello").
		WithDirectory("/src", source).
		WithWorkdir("/src")
	if found.Greeting, err = base.WithExec([]string{"./greet.sh", "client"}).Stdout(ctx); err != nil {
		return found, err
	}
	platform, err := base.Platform(ctx)
	if err != nil {
		return found, err
	}
	found.Platform = string(platform)

	cache := client.CacheVolume("clients-" + run)
	counting := base.WithMountedCache("/cache", cache, dagger.ContainerWithMountedCacheOpts{
		Sharing: dagger.CacheSharingModeLocked,
	})
	for step := range 2 {
		counting = counting.WithExec([]string{"sh", "-c", fmt.Sprintf("echo %d >> /cache/log; cat /cache/log", step)})
	}
	if found.Cache, err = counting.Stdout(ctx); err != nil {
		return found, err
	}

	token := client.SetSecret("token", "plaintext-"+run)
	guarded := base.WithSecretVariable("TOKEN", token)
	if found.Secret, err = guarded.WithExec([]string{"sh", "-c", "echo ${#TOKEN} $TOKEN"}).Stdout(ctx); err != nil {
		return found, err
	}

	_, err = base.WithExec([]string{"sh", "-c", "echo out; echo err >&2; exit 3"}).Sync(ctx)
	var failed *dagger.ExecError
	if !errors.As(err, &failed) {
		return found, fmt.Errorf("not an ExecError: %w", err)
	}
	found.Error = map[string]any{
		"exitCode": failed.ExitCode,
		"command":  failed.Cmd,
		"stdout":   failed.Stdout,
		"stderr":   failed.Stderr,
		"message":  failed.Message(),
	}
	_, err = client.Container().From("no-such-image-anywhere").Sync(ctx)
	switch {
	case err == nil:
		found.Missing = "no error"
	case errors.As(err, &failed):
		found.Missing = "an ExecError"
	default:
		found.Missing = err.Error()
	}
	allowed := base.WithExec([]string{"sh", "-c", "exit 4"}, dagger.ContainerWithExecOpts{Expect: dagger.ReturnTypeAny})
	if found.Allowed, err = allowed.ExitCode(ctx); err != nil {
		return found, err
	}

	variables, err := base.EnvVariables(ctx)
	if err != nil {
		return found, err
	}
	found.Variables = map[string]string{}
	for _, each := range variables {
		name, err := each.Name(ctx)
		if err != nil {
			return found, err
		}
		value, err := each.Value(ctx)
		if err != nil {
			return found, err
		}
		if name == "RUN" || name == "GREETING" {
			found.Variables[name] = value
		}
	}

	built, err := base.
		WithExec([]string{"sh", "-c", "mkdir -p out/deep && sort data/numbers.txt > out/deep/sorted"}).
		Sync(ctx)
	if err != nil {
		return found, err
	}
	out := built.Directory("out")
	if found.Sorted, err = out.File("deep/sorted").Contents(ctx); err != nil {
		return found, err
	}
	if found.Exported, err = out.Export(ctx, "out"); err != nil {
		return found, err
	}

	made := client.Directory().WithNewFile("a.txt", "quotes \" and\nlines").WithNewDirectory("empty")
	contents, err := made.File("a.txt").Contents(ctx)
	if err != nil {
		return found, err
	}
	entries, err := made.Entries(ctx)
	if err != nil {
		return found, err
	}
	found.New = []any{contents, entries}

	group, ctx := errgroup.WithContext(ctx)
	results := make([]string, 8)
	for number := range results {
		group.Go(func() (err error) {
			results[number], err = base.WithExec([]string{"sh", "-c", fmt.Sprintf("echo %d", number)}).Stdout(ctx)
			return err
		})
	}
	err = group.Wait()
	found.Parallel = strings.Join(results, "")
	return found, err
}
