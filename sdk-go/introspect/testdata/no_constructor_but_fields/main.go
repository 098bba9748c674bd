package main

type Ci struct {
	Name string
}
