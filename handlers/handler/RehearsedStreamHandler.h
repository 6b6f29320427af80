#pragma once

#include "handler/RehearsedFileHandler.h"

namespace sluice {

/// Stands in for a StreamHandler in a rehearsal: formats and encodes as it does, and writes into nothing.
class RehearsedStreamHandler final : public StreamHandler
{
public:
    RehearsedStreamHandler(TextEncoder encoder, std::shared_ptr<RehearsedOutput> output)
        : StreamHandler(std::move(encoder)), m_output(std::move(output))
    {
        m_output->setPiece("line", "lines");
    }

protected:
    Status ready() override { return {}; }
    NativeFile::Written write(std::string_view bytes) override
    {
        addLines(*m_output, lines());
        return {bytes.size(), {}};
    }

private:
    const std::shared_ptr<RehearsedOutput> m_output;
};

} // namespace sluice
