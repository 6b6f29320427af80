#pragma once

#include "handler/FileHandler.h"

#include <functional>
#include <string>
#include <string_view>

namespace sluice {

/// The base of handlers that start a new file from time to time.
/// https://docs.python.org/3/library/logging.handlers.html#baserotatinghandler
///
/// No record is lost to a rollover: where it fails, that is reported, and records go on into the file that is
/// there.
class BaseRotatingHandler : public FileHandler
{
public:
    /// Makes the name of a rotated file from the default one. Must always give the same for the same.
    using Namer = std::function<std::string(const std::string &defaultName)>;
    /// Moves the file that was written to its rotated name, by whatever means.
    using Rotator = std::function<Status(const std::string &source, const std::string &destination)>;

    using FileHandler::FileHandler;

    /// Not while records are handled by another thread.
    void setNamer(Namer namer) { m_namer = std::move(namer); }
    void setRotator(Rotator rotator) { m_rotator = std::move(rotator); }

protected:
    void emitBatch(RecordSpan records) override;

    /// Whether a new file is to be started before the record is written. `text`: the record formatted,
    /// without terminator; it may still be refused by the encoding. The file is open.
    virtual bool shouldRollover(const LogRecord &record, std::string_view text) = 0;

    /// Starts a new file. What fails is given to handleError with no record.
    virtual void doRollover() = 0;

    /// The name of a rotated file; implement this to have others than the namer's.
    virtual std::string rotationFilename(const std::string &defaultName) const;

    /// Moves the file just written; the default renames it if it is there.
    virtual Status rotate(const std::string &source, const std::string &destination);

    /// Called before each record, when the file is open.
    virtual void beforeRecord() {}

private:
    Namer m_namer;
    Rotator m_rotator;
};

} // namespace sluice
