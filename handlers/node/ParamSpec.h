#pragma once

#include "base/Problem.h"

#include <QJsonObject>
#include <QJsonValue>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// One parameter of a node, said once. The form, the file, validation, help and the reference are all made from it.
struct ParamSpec
{
    enum class Type {
        Text,     ///< JSON string
        Path,     ///< JSON string; relative to the project's folder
        Integer,  ///< JSON number without fraction
        Real,     ///< JSON number
        Boolean,  ///< JSON true or false
        Choice,   ///< JSON string out of `choices`
        Level,    ///< a level's name or number
        TextList, ///< JSON array of strings
        TextMap,  ///< JSON object of strings
        Address,  ///< JSON string (a host or a socket's path), or [host, port] as Python's tuple
        Group,    ///< JSON object with `members`
    };

    std::string key;  ///< Python's own parameter name, where it has one
    std::string help; ///< one line
    Type type = Type::Text;
    QJsonValue defaultValue; ///< what the config struct's initialiser says
    bool required = false;
    bool optional = false; ///< may be null (Python's None)
    bool secret = false;   ///< never shown; written into a project only as a reference (base/Secret.h)
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::string unit; ///< "bytes", "s", "records"; empty if it has none
    std::vector<std::string> choices;
    std::vector<ParamSpec> members;

    /// Writes a checked value into the config struct (of the type that the node was declared with).
    std::function<void(void *config, const QJsonValue &value)> assign;

    /// Appends what is wrong with `value`; `path` is its JSON path.
    void check(const QJsonValue &value, const std::string &path, Problems &problems) const;
};

/// The word for a type in sentences and in the reference: "text", "integer", "one of a, w".
std::string typeInWords(const ParamSpec &spec);

/// Checks an object against specs: unknown keys (with the nearest known one), missing required keys, and each value.
void checkParams(const std::vector<ParamSpec> &specs, const QJsonObject &params, const std::string &path,
                 Problems &problems);

/// Whether a JSON value is an address: a text, or a list of a text and a port from 0 to 65535.
bool isAddress(const QJsonValue &value);

/// A level as a JSON value: a known name, a number, or a number as text.
std::optional<int> levelFromJson(const QJsonValue &value);
QJsonValue levelToJson(int level);

} // namespace sluice
