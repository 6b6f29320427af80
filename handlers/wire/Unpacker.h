#pragma once

#include "base/Result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace sluice {

/// Expands what gzip or zstd has packed, piece by piece, in memory that does not grow with the data: several gzip
/// members or zstd frames in a row are one text. For one thread.
class Unpacker
{
public:
    /// How many bytes of a file's beginning tell whether it is packed.
    static constexpr std::size_t magicBytes = 4;

    /// For data that begins so; null if it is not packed.
    static std::unique_ptr<Unpacker> create(std::string_view beginning);
    virtual ~Unpacker();

    struct Step
    {
        std::size_t taken = 0; ///< of what was given
        std::size_t made = 0;
    };
    /// Expands as much of `packed` as there is room for. Nothing made and nothing taken: it wants more data. An error says
    /// what is wrong, as the end of a sentence: "it is damaged".
    virtual Result<Step> step(std::string_view packed, std::span<char> into) = 0;
    /// Whether the data may end here.
    virtual bool isComplete() const = 0;
};

} // namespace sluice
