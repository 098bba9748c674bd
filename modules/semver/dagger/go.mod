module dagger/semver

go 1.24
