/* What Sources/Inference uses of llama.h that earlier versions of llama.cpp lack, or have with other parameters. It is
   compiled and linked, never run, to learn whether the system's libllama will do. */
#include <llama.h>

int main(void) {
    struct llama_model_params model = llama_model_default_params();
    model.load_mode = LLAMA_LOAD_MODE_MMAP;
    struct llama_context_params context = llama_context_default_params();
    context.kv_unified = true;
    context.n_outputs_max = 1;

    struct llama_sampler *(*penalties)(int32_t, int32_t, float, float, float) = llama_sampler_init_penalties;
    bool (*forget)(llama_memory_t, llama_seq_id, llama_pos, llama_pos) = llama_memory_seq_rm;
    int32_t (*width)(const struct llama_model *) = llama_model_n_embd_out;
    return penalties == 0 || forget == 0 || width == 0 || model.load_mode != LLAMA_LOAD_MODE_MMAP || !context.kv_unified;
}
