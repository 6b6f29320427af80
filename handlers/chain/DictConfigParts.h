#pragma once

#include "base/Problem.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sluice {

/// The formatters and filters of a dictConfig, by the names that handlers and loggers use.
class DictConfigParts
{
public:
    struct Formatter
    {
        QJsonObject params; ///< as a handler's parameter has them
        std::string reason; ///< why it cannot be run here; empty if it can
    };
    struct Filter
    {
        QString name;       ///< the logger that passes
        std::string reason; ///< why it cannot be run here; empty if it can
    };
    /// What a list of filters names.
    struct FilterList
    {
        QJsonArray loggers;               ///< of those that can be run
        std::vector<QString> unsupported; ///< the others, by their names
    };

    /// `config` has its references resolved.
    DictConfigParts(const QJsonObject &config, Problems &problems);

    /// Null if there is none of that name.
    const Formatter *formatter(const QString &name) const;
    const Filter *filter(const QString &name) const;
    FilterList filterList(const QJsonValue &names, const std::string &path, Problems &problems) const;

    const std::map<QString, Formatter> &formatters() const { return m_formatters; }
    const std::map<QString, Filter> &filters() const { return m_filters; }

private:
    void readFormatter(const QString &name, const QJsonObject &object, Problems &problems);
    void readFilter(const QString &name, const QJsonObject &object, Problems &problems);

    std::map<QString, Formatter> m_formatters;
    std::map<QString, Filter> m_filters;
};

/// A value in a sentence: "app.Formatter" in quotes, or "that".
std::string quotedInSentence(const QJsonValue &value);

} // namespace sluice
