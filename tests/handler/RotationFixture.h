#pragma once

#include "handler/FileHandler.h"
#include "handler/HandlerFixtures.h"

#include <cmath>
#include <memory>
#include <vector>

namespace sluice::test {

/// A folder with a log in it, for handlers that rotate it on the records' clock.
class RotationFixture
{
public:
    FileHandler::Options options(bool delay = false) const
    {
        FileHandler::Options options;
        options.filename = path("log");
        options.delay = delay;
        return options;
    }
    std::string path(const std::string &name) const { return m_dir.path().toStdString() + "/" + name; }
    std::string content(const std::string &name) const { return contentOf(path(name)); }
    std::vector<std::string> names() const
    {
        std::vector<std::string> names;
        for (const QString &name : QDir(m_dir.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name))
            names.push_back(name.toStdString());
        return names;
    }

    /// Handles one record, made at a time in seconds.
    static void handleAt(Handler &handler, double created, const std::string &message)
    {
        Records records({message});
        records.batch().records()[0].created = toNanoseconds(created);
        handler.handle(records.all());
    }

private:
    QTemporaryDir m_dir;
};

} // namespace sluice::test
