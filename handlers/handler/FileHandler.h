#pragma once

#include "handler/StreamHandler.h"

#include <cstdint>
#include <string>

namespace sluice {

/// Writes each record as a line to a file.
/// https://docs.python.org/3/library/logging.handlers.html#filehandler
///
/// What was handled is in the file when handle() returns. After close() the next record opens the file again;
/// not in mode "w", where that would empty it: such records are dropped.
class FileHandler : public StreamHandler
{
public:
    struct Options
    {
        std::string filename; ///< made absolute at construction
        NativeFile::Mode mode = NativeFile::Mode::Append;
        TextEncoder encoder;
        /// Opens the file with the first record, not before.
        bool delay = false;
    };

    /// Opens nothing yet; see open().
    explicit FileHandler(Options options);
    ~FileHandler() override;

    /// Opens the file unless it is open. To be called after construction where `delay` is not wanted; else
    /// the first record does it, and says then why it cannot be done.
    Status open();

    /// Python's baseFilename: the absolute path.
    const std::string &baseFilename() const { return m_path; }

    void close() override;

protected:
    Status ready() override;
    NativeFile::Written write(std::string_view bytes) override;
    void takeBack(std::size_t bytes) override;
    std::string_view newline() const override { return NativeFile::newline; }

    bool isOpen() const { return m_file.isOpen(); }
    NativeFile &file() { return m_file; }
    bool isDelayed() const { return m_delay; }
    /// Closes the file as close() does, but goes on: a rollover.
    void closeFile();

private:
    const std::string m_path;
    const NativeFile::Mode m_mode;
    const bool m_delay;
    bool m_closed = false;
    NativeFile m_file;
};

} // namespace sluice
