"""The calculus that search and checker share: normal forms, signs, limits. Sound but incomplete: it answers, or says None."""
