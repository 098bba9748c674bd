package main

type Ci struct {
	Labels map[string]string
}
