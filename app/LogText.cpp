#include "LogText.h"

#include "base/Clock.h"
#include "base/FileReader.h"
#include "receiver/TextStream.h"
#include "wire/PackedReader.h"

#include <memory>

namespace sluice {

Status readLogText(const std::string &path, RecordSink &sink)
{
    if (!files::exists(path))
        return Error{"There is no file " + path + "."};
    auto file = FileReader::open(path);
    if (!file)
        return file.error();
    std::unique_ptr<PackedReader> packed;
    if (PackedReader::isPacked(*file))
        packed = std::make_unique<PackedReader>(std::move(*file));
    auto decoder = TextDecoder::create("");
    if (!decoder)
        return decoder.error();
    TextStream stream(sink, path, {}, std::move(*decoder));
    if (const auto modified = files::modified(path))
        stream.setReference(*modified * nanosecondsPerSecond);
    for (std::uint64_t offset = 0;;) {
        const Result<std::size_t> bytes =
            packed ? Result<std::size_t>(packed->read(stream.space())) : file->readAt(offset, stream.space());
        if (!bytes)
            return bytes.error();
        if (*bytes == 0)
            break;
        offset += *bytes;
        if (!stream.take(*bytes))
            return {};
    }
    stream.flush(TextStream::Flush::All);
    if (packed && !packed->problem().empty())
        return Error{packed->problem()};
    return {};
}

} // namespace sluice
