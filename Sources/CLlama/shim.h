#ifndef SQUIRE_CLLAMA_SHIM_H
#define SQUIRE_CLLAMA_SHIM_H

#include <ggml-cpu.h>
#include <llama.h>

#endif
