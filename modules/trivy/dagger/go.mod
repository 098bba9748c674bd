module dagger/trivy

go 1.24
