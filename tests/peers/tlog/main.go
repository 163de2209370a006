// Checks a log with golang.org/x/mod/sumdb, which is not ours. Reads one JSON document, writes
// one: the questions' answers, "" for yes and the reason for no.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Do               string
	Note, Key        string
	Leaf, Root, Old  string
	Index, Size, Was int64
	Proof            []string
	Folder           string
}

func hash(text string) (h tlog.Hash) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != tlog.HashSize {
		panic("not a hash: " + text)
	}
	copy(h[:], raw)
	return
}

func hashes(texts []string) (found []tlog.Hash) {
	for _, text := range texts {
		found = append(found, hash(text))
	}
	return
}

// tiles reads a folder laid out as c2sp.org/tlog-tiles says.
type tiles struct{ folder string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range wanted {
		name := fmt.Sprintf("tile/%d/%03d", tile.L, tile.N%1000)
		for n := tile.N / 1000; n > 0; n /= 1000 {
			name = fmt.Sprintf("tile/%d/x%03d/%03d", tile.L, n%1000, tile.N%1000)
		}
		if tile.W < 256 {
			name += fmt.Sprintf(".p/%d", tile.W)
		}
		content, err := os.ReadFile(filepath.Join(t.folder, name))
		if err != nil {
			return nil, err
		}
		data = append(data, content)
	}
	return data, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func answer(q question) (err error) {
	defer func() {
		if found := recover(); found != nil {
			err = fmt.Errorf("%v", found)
		}
	}()
	switch q.Do {
	case "note":
		key, err := note.NewVerifier(q.Key)
		if err != nil {
			return err
		}
		_, err = note.Open([]byte(q.Note), note.VerifierList(key))
		return err
	case "record":
		return tlog.CheckRecord(hashes(q.Proof), q.Size, hash(q.Root), q.Index, hash(q.Leaf))
	case "tree":
		return tlog.CheckTree(hashes(q.Proof), q.Size, hash(q.Root), q.Was, hash(q.Old))
	case "tiles": // proofs made here from the tiles that we serve
		root := hash(q.Root)
		reader := tlog.TileHashReader(tlog.Tree{N: q.Size, Hash: root}, tiles{q.Folder})
		proof, err := tlog.ProveRecord(q.Size, q.Index, reader)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, q.Size, root, q.Index, hash(q.Leaf))
	}
	return fmt.Errorf("unknown question")
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	answers := []string{}
	for _, q := range questions {
		said := ""
		if err := answer(q); err != nil {
			said = err.Error()
		}
		answers = append(answers, said)
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
