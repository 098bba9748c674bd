// Command server counts visits and tells them over HTTP.
package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	address := flag.String("listen", ":8080", "address to listen on")
	check := flag.Bool("check", false, "answer one request without listening")
	sign := flag.Bool("sign", false, "sign this release with DEPLOY_TOKEN")
	flag.Parse()
	handler := newServer()
	switch {
	case *check:
		fmt.Println(answer(handler, "/greet?name=check"))
	case *sign:
		signature, err := signRelease(os.Args[0], os.Getenv("DEPLOY_TOKEN"))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(signature)
	default:
		log.Printf("listening on %s", *address)
		log.Fatal(http.ListenAndServe(*address, handler))
	}
}
