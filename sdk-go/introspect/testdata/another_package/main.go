package helper

type Ci struct{}
