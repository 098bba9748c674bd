package main

func (m *Ci) OnWindows() {}
