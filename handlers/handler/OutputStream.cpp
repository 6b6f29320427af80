#include "handler/OutputStream.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

namespace sluice {

namespace {

/// Through stdio, so that our lines stay in order with what others of this process print.
class StandardStream final : public OutputStream
{
public:
    StandardStream(std::FILE *file, const char *name) : m_file(file), m_name(name) {}

    NativeFile::Written write(std::string_view bytes) override
    {
        NativeFile::Written written;
        errno = 0;
        written.bytes = std::fwrite(bytes.data(), 1, bytes.size(), m_file);
        const bool flushed = std::fflush(m_file) == 0;
        if (written.bytes < bytes.size() || !flushed) {
            const int code = errno;
            std::clearerr(m_file);
            written.bytes = 0; // what of it got out cannot be known
            written.status = Error{std::string("Cannot write to ") + m_name + ": " +
                                   std::strerror(code ? code : EIO) + "."};
        }
        return written;
    }

private:
    std::FILE *m_file;
    const char *m_name;
};

} // namespace

const std::shared_ptr<OutputStream> &OutputStream::standardOutput()
{
    static const std::shared_ptr<OutputStream> stream =
        std::make_shared<StandardStream>(stdout, "standard output");
    return stream;
}

const std::shared_ptr<OutputStream> &OutputStream::standardError()
{
    static const std::shared_ptr<OutputStream> stream =
        std::make_shared<StandardStream>(stderr, "standard error");
    return stream;
}

} // namespace sluice
