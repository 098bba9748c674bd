module dagger/uses

go 1.24
