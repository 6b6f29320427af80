#pragma once

#include "base/Problem.h"
#include "base/Result.h"

#include <QString>
#include <QStringView>

#include <map>
#include <optional>
#include <vector>

namespace sluice {

/// An INI file as Python's ConfigParser reads it: "=" or ":" between key and value, whole-line comments with "#" or ";",
/// indented lines that go on with a value, keys in lower case, a DEFAULT section, "%(key)s" in values.
/// https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
class IniFile
{
public:
    struct Option
    {
        QString value; ///< before "%(…)s" is replaced
        int line = 0;  ///< from 1
    };
    struct Section
    {
        int line = 0;
        std::map<QString, Option> options;
    };

    /// Problems are those that keep Python from reading the file; places are "line N".
    static IniFile parse(QStringView text, Problems &problems);

    /// A value for `%(key)s` in all sections, as fileConfig's `defaults` are; the file's own come first.
    void setDefault(const QString &key, const QString &value);

    /// Null if there is none.
    const Section *section(const QString &name) const;

    /// The value of a key, in the section or else among the defaults; nothing if there is no such section.
    std::optional<QString> raw(const QString &section, const QString &key) const;
    /// The same with "%(…)s" replaced. An error's sentence says what is wrong with the value.
    Result<std::optional<QString>> value(const QString &section, const QString &key) const;
    /// The line of a key, or of its section.
    int lineOf(const QString &section, const QString &key) const;

private:
    const Option *option(const Section &section, const QString &key) const;

    std::map<QString, Section> m_sections;
    Section m_defaults;
};

} // namespace sluice
