module dagger/go

go 1.24
