module dagger/hello

go 1.24
