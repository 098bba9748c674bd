package dispatch

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// sandbox says what a module does instead of what an error shows that it tried: a module's code has no files, network or
// processes. It is empty for other errors. Types are told by their names, so that no module has net or os/exec in it for
// this.
func sandbox(err error) string {
	switch tried(err) {
	case "*exec.Error":
		return "module code cannot start processes: it runs in a sandbox; run the command in a container, as dag.Container().From(…).WithExec(…) does"
	case "*net.OpError", "*net.DNSError", "*net.AddrError":
		return "module code has no network: it runs in a sandbox; fetch with dag.HTTP(url), or run the command in a container"
	case "*fs.PathError", "*os.LinkError", "*os.SyscallError":
		return "module code sees no files of the host: it runs in a sandbox; take a *dagger.Directory or *dagger.File as an argument, or use dag.CurrentModule().Source()"
	}
	return ""
}

// tried is the name of the type in the chain of an error that shows what the system refused.
func tried(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) && strings.HasPrefix(path.Op, "fork/exec") {
		return "*exec.Error"
	}
	var number syscall.Errno
	refused := errors.As(err, &number)
	for ; err != nil; err = errors.Unwrap(err) {
		switch name := fmt.Sprintf("%T", err); name {
		case "*exec.Error", "*net.OpError", "*net.DNSError", "*net.AddrError":
			return name
		case "*fs.PathError", "*os.LinkError", "*os.SyscallError":
			// Such errors also come from what is no file system of the host, such as embed.FS.
			if refused {
				return name
			}
		}
	}
	return ""
}
