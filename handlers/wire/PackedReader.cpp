#include "wire/PackedReader.h"

#include <utility>

namespace sluice {

namespace {

constexpr std::size_t pieceBytes = 256 * 1024;

std::string magicOf(const FileReader &file)
{
    std::string magic(Unpacker::magicBytes, '\0');
    const auto read = file.readAt(0, magic);
    magic.resize(read ? *read : 0);
    return magic;
}

} // namespace

bool PackedReader::isPacked(const FileReader &file) { return Unpacker::create(magicOf(file)) != nullptr; }

Result<std::string> PackedReader::beginning(FileReader file, std::size_t bytes)
{
    std::string text(bytes, '\0');
    if (isPacked(file)) {
        PackedReader reader(std::move(file));
        text.resize(reader.read(text));
        if (text.empty() && !reader.problem().empty())
            return Error{reader.problem()};
        return text;
    }
    const auto read = file.readAt(0, text);
    if (!read)
        return read.error();
    text.resize(*read);
    return text;
}

PackedReader::PackedReader(FileReader file)
    : m_file(std::move(file)), m_size(m_file.size()), m_unpacker(Unpacker::create(magicOf(m_file)))
{
    if (!m_unpacker)
        end("it is not packed");
}

void PackedReader::end(std::string why)
{
    m_isAtEnd = true;
    if (!why.empty())
        m_problem = "The text ends after " + std::to_string(m_made) + " bytes: at byte " + std::to_string(position()) +
                    " of the packed file " + why + ".";
}

std::size_t PackedReader::read(std::span<char> into)
{
    std::size_t made = 0;
    while (made < into.size() && !m_isAtEnd) {
        if (m_used == m_buffer.size()) {
            m_buffer.resize(pieceBytes);
            const auto read = m_file.readAt(m_read, m_buffer);
            m_buffer.resize(read ? *read : 0);
            m_used = 0;
            m_read += m_buffer.size();
            if (!read) {
                end("the disk refuses: " + read.error().text.substr(0, read.error().text.size() - 1));
                break;
            }
        }
        const bool isLast = m_buffer.empty();
        const auto step = m_unpacker->step(std::string_view(m_buffer).substr(m_used), into.subspan(made));
        if (!step) {
            end(step.error().text);
            break;
        }
        m_used += step->taken;
        made += step->made;
        m_made += step->made;
        m_position.store(m_read - (m_buffer.size() - m_used), std::memory_order_relaxed);
        if (isLast && step->made == 0)
            end(m_unpacker->isComplete() ? "" : "it is cut off");
    }
    return made;
}

} // namespace sluice
