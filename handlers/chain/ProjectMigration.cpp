#include "chain/ProjectMigration.h"

#include <iterator>
#include <string>

namespace sluice {

namespace {

using Step = void (*)(QJsonObject &object, Problems &problems);

/// Version 2 has views, highlights and drawings, which no file of version 1 can mean.
void fromVersion1(QJsonObject &object, Problems &problems)
{
    for (const char *key : {"views", "highlights", "drawing"}) {
        if (!object.contains(QLatin1String(key)))
            continue;
        problems.push_back({std::string("$.") + key, std::string("Files of version 1 have no ") + key + "; write \"sluice\": 2."});
        object.remove(QLatin1String(key));
    }
}

/// The first makes version 2 of version 1, and so on.
constexpr Step steps[] = {fromVersion1};
static_assert(std::size(steps) == projectVersion - 1);

} // namespace

QJsonObject migratedProject(QJsonObject object, Problems &problems)
{
    const QJsonValue value = object.value(u"sluice");
    const int version = value.toInt();
    if (!value.isDouble() || version < 1) {
        problems.push_back({"$.sluice", "The version of the file must be a whole number from 1 to " + std::to_string(projectVersion) + "."});
        return object;
    }
    if (version > projectVersion) {
        problems.push_back({"$.sluice", "This project was written by a newer Sluice (version " + std::to_string(version) +
                                            " of the file; this one knows " + std::to_string(projectVersion) + ")."});
        return object;
    }
    for (int from = version; from < projectVersion; ++from)
        steps[from - 1](object, problems);
    object.insert(QStringLiteral("sluice"), projectVersion);
    return object;
}

} // namespace sluice
