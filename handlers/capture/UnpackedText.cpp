#include "capture/UnpackedText.h"

#include <algorithm>
#include <filesystem>
#include <random>
#include <system_error>

namespace sluice {

namespace {

constexpr std::size_t pieceBytes = std::size_t{1} << 20;

std::string temporaryFolder()
{
    std::error_code error;
    const std::u8string path = std::filesystem::temp_directory_path(error).u8string();
    return error ? "." : std::string(path.begin(), path.end());
}

/// Nobody can have made it before, in a folder that is anybody's.
std::string freshName()
{
    std::random_device random;
    std::string name = "/sluice-";
    for (int i = 0; i < 4; ++i)
        name += std::to_string(random());
    return name + ".unpacked";
}

std::string inWords(std::uint64_t bytes)
{
    constexpr int mebi = 20;
    return bytes >> mebi > 0 ? std::to_string(bytes >> mebi) + " MiB" : std::to_string(bytes) + " bytes";
}

} // namespace

UnpackedText::UnpackedText(FileReader packed, std::string folder, std::uint64_t limit)
    : m_packed(std::move(packed)), m_folder(folder.empty() ? temporaryFolder() : std::move(folder)), m_limit(limit)
{
}

Result<std::unique_ptr<UnpackedText>> UnpackedText::create(FileReader packed, std::string folder, std::uint64_t limit)
{
    std::unique_ptr<UnpackedText> text(new UnpackedText(std::move(packed), std::move(folder), limit));
    if (const Status status = text->makeFile(); !status)
        return Error{text->m_packed.file().path() + " cannot be unpacked. " + status.error().text};
    return text;
}

Status UnpackedText::makeFile()
{
    if (Status status = files::makePrivateDirectory(m_folder); !status)
        return status;
    const std::string path = m_folder + freshName();
    auto file = NativeFile::open(path, NativeFile::Mode::CreatePrivate);
    if (!file)
        return file.error();
    auto reader = FileReader::open(path);
    // Without a name it cannot be left behind.
    const Status removed = files::remove(path);
    if (!reader)
        return reader.error();
    if (!removed)
        return Error{removed.error().text};
    m_file = std::move(*file);
    m_reader = std::move(*reader);
    return {};
}

void UnpackedText::end(std::string why)
{
    m_isDone = true;
    m_problem = std::move(why);
    m_buffer = {};
    (void)m_file.close(); // what could not be written has been said by write()
}

std::uint64_t UnpackedText::room()
{
    if (m_bytes >= m_limit) {
        end("The text ends after " + inWords(m_bytes) + ": of one packed file no more is unpacked.");
        return 0;
    }
    std::uint64_t room = m_limit - m_bytes;
    // It may take half of what was free when it began, whoever else takes some meanwhile.
    if (const auto space = files::freeSpace(m_folder)) {
        if (*space <= m_bytes) {
            end("The text ends after " + inWords(m_bytes) + ": unpacking the rest would leave too little of the disk of " +
                m_folder + ".");
            return 0;
        }
        room = std::min(room, *space - m_bytes);
    }
    return room;
}

void UnpackedText::unpack(std::uint64_t bytes, const std::atomic<bool> &cancelled)
{
    while (bytes > 0 && !m_isDone && !cancelled.load()) {
        m_buffer.resize(std::min<std::uint64_t>(bytes, pieceBytes));
        const std::size_t made = m_packed.read(m_buffer);
        if (made > 0) {
            // Whether there is room is asked when there is something that needs it.
            const std::uint64_t most = room();
            if (m_isDone)
                return;
            const std::string_view piece(m_buffer.data(), std::min<std::uint64_t>(made, most));
            const NativeFile::Written written = m_file.write(piece);
            if (const std::size_t line = piece.substr(0, written.bytes).rfind('\n'); line != piece.npos)
                m_wholeLines = m_bytes + line + 1;
            m_bytes += written.bytes;
            bytes -= std::min<std::uint64_t>(bytes, written.bytes);
            if (!written.status) {
                end("The text ends after " + inWords(m_bytes) + ", since it cannot be unpacked further. " +
                    written.status.error().text);
                return;
            }
            if (piece.size() < made) {
                (void)room(); // says which limit it is
                if (!m_isDone)
                    end("The text ends after " + inWords(m_bytes) + ": unpacking the rest would leave too little of the disk.");
                return;
            }
        }
        if (m_packed.isAtEnd())
            end(m_packed.problem());
    }
}

} // namespace sluice
