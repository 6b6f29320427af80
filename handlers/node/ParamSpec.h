#pragma once

#include "base/Problem.h"
#include "base/Result.h"

#include <QJsonObject>
#include <QJsonValue>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

struct LogRecord;

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

    /// What a value is beyond its type, so that forms can help with it.
    enum class Hint {
        None,
        Code,        ///< a format, a pattern: each character counts
        Encoding,    ///< Python's name of an encoding
        Escaped,     ///< may hold line ends and the like
        Expression,  ///< of the filter language
        File,        ///< a path of a file that is there
        Folder,      ///< a path of a folder
        MailAddress, ///< or a list of them
        NewFile,     ///< a path of a file that may have to be made
        Port,        ///< a number that nobody groups or gives a unit
        TimeOfDay,   ///< 13:45 or 13:45:10
    };

    /// A usual value, and what it means.
    struct Suggestion
    {
        std::string value; ///< as text
        std::string words; ///< may be empty
    };

    std::string key;  ///< Python's own parameter name, where it has one
    std::string help; ///< one line
    Type type = Type::Text;
    QJsonValue defaultValue; ///< what the config struct's initialiser says
    bool required = false;
    bool optional = false; ///< may be null (Python's None)
    bool secret = false;   ///< never shown; written into a project only as a reference (base/Secret.h)
    /// Of a map, or of the JSON in a text: values are secrets where their names say so (base/SecretName.h). Any may be a reference.
    bool secretByName = false;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::string unit; ///< "bytes", "s", "records"; empty if it has none
    std::vector<std::string> choices;
    Hint hint = Hint::None;
    std::vector<Suggestion> suggestions; ///< of a choice: words for some of its choices
    bool usual = false; ///< most people set it: forms show it at once, as they do what is required
    std::vector<ParamSpec> members;

    /// Writes a checked value into the config struct (of the type that the node was declared with).
    std::function<void(void *config, const QJsonValue &value)> assign;

    /// What a checked value makes of a record, for forms to show: the text of a formatter. May be empty.
    std::function<Result<std::string>(const QJsonValue &value, const LogRecord &record)> preview;

    /// Whether the value of that name in a map is a secret.
    bool isSecretEntry(std::string_view name) const;

    /// Appends what is wrong with `value`; `path` is its JSON path.
    void check(const QJsonValue &value, const std::string &path, Problems &problems) const;
};

/// The word for a type in sentences and in the reference: "text", "integer", "one of a, w".
std::string typeInWords(const ParamSpec &spec);

/// "encoding", "newFile"; empty for None.
std::string nameOf(ParamSpec::Hint hint);

/// What is said where a required parameter is not there.
std::string missingSentence(const ParamSpec &spec);

/// Checks an object against specs: unknown keys (with the nearest known one), missing required keys, and each value.
void checkParams(const std::vector<ParamSpec> &specs, const QJsonObject &params, const std::string &path,
                 Problems &problems);

/// Whether a JSON value is an address: a text, or a list of a text and a port from 0 to 65535.
bool isAddress(const QJsonValue &value);

/// A level as a JSON value: a known name, a number, or a number as text.
std::optional<int> levelFromJson(const QJsonValue &value);
QJsonValue levelToJson(int level);

} // namespace sluice
