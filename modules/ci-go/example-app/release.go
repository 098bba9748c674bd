package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
)

// signRelease names the program by its digest, and signs that with the token.
func signRelease(program, token string) (string, error) {
	if token == "" {
		return "", errors.New("DEPLOY_TOKEN is not set")
	}
	content, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256(content)
	signature := hmac.New(sha256.New, []byte(token))
	signature.Write(digest[:])
	return fmt.Sprintf("release %x signed %x", digest[:6], signature.Sum(nil)[:6]), nil
}
