package main

type MyModule struct{}

func (m *MyModule) F() {}
