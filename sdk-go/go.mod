module dockwright.dev/go

go 1.24
