#include "console/ViewColumn.h"

#include "console/Words.h"
#include "record/Attribute.h"

#include <QCoreApplication>

namespace sluice {

ViewColumn::Kind ViewColumn::kind() const
{
    if (field == QStringLiteral("created"))
        return Kind::Time;
    if (field == QStringLiteral("levelname"))
        return Kind::Level;
    if (field == QStringLiteral("name"))
        return Kind::Logger;
    return field == QStringLiteral("message") ? Kind::Message : Kind::Field;
}

QString ViewColumn::title() const
{
    switch (kind()) {
    case Kind::Time:
        return QCoreApplication::translate("ViewColumn", "Time");
    case Kind::Level:
        return QCoreApplication::translate("ViewColumn", "Level");
    case Kind::Logger:
        return QCoreApplication::translate("ViewColumn", "Logger");
    case Kind::Message:
        return QCoreApplication::translate("ViewColumn", "Message");
    case Kind::Field:
        break;
    }
    return field;
}

namespace viewcolumns {

std::vector<ViewColumn> standard()
{
    return {{QStringLiteral("created")},
            {QStringLiteral("levelname")},
            {QStringLiteral("name")},
            {QStringLiteral("message")}};
}

std::vector<QString> attributes()
{
    std::vector<QString> names;
    for (const ViewColumn &column : standard())
        names.push_back(column.field);
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        if (attribute != Attribute::Created && attribute != Attribute::Levelname &&
            attribute != Attribute::Name)
            names.push_back(words::fromUtf8(attributeName(attribute)));
    }
    return names;
}

} // namespace viewcolumns
} // namespace sluice
