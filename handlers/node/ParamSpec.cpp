#include "node/ParamSpec.h"

#include "base/SecretName.h"
#include "base/Spelling.h"
#include "record/Level.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sluice {

namespace {

std::string quoted(const QString &text) { return "\"" + text.toStdString() + "\""; }

std::string numberInWords(double number)
{
    if (number == std::floor(number) && std::abs(number) < 1e15)
        return std::to_string(static_cast<long long>(number));
    return std::to_string(number);
}

std::string joined(const std::vector<std::string> &items)
{
    std::string out;
    for (const std::string &item : items)
        out += (out.empty() ? "" : ", ") + item;
    return out;
}

std::string unknownKeySentence(const std::vector<ParamSpec> &specs, const QString &key)
{
    const std::string name = key.left(200).toStdString();
    std::vector<std::string> known;
    std::ranges::transform(specs, std::back_inserter(known), &ParamSpec::key);
    const std::string nearest = nearestWord(name, known);
    return "unknown key " + quoted(key.left(200)) + (nearest.empty() ? "." : ". Is \"" + nearest + "\" meant?");
}

bool hasType(const ParamSpec &spec, const QJsonValue &value)
{
    switch (spec.type) {
    case ParamSpec::Type::Text:
    case ParamSpec::Type::Path:
    case ParamSpec::Type::Choice: return value.isString();
    case ParamSpec::Type::Integer: return value.isDouble() && value.toDouble() == std::floor(value.toDouble());
    case ParamSpec::Type::Real: return value.isDouble();
    case ParamSpec::Type::Boolean: return value.isBool();
    case ParamSpec::Type::Level: return levelFromJson(value).has_value();
    case ParamSpec::Type::TextList: {
        const QJsonArray array = value.toArray();
        return value.isArray() && std::ranges::all_of(array, [](const QJsonValue &v) { return v.isString(); });
    }
    case ParamSpec::Type::TextMap: {
        const QJsonObject object = value.toObject();
        return value.isObject() && std::ranges::all_of(object, [](const QJsonValue &v) { return v.isString(); });
    }
    case ParamSpec::Type::Address: return isAddress(value);
    case ParamSpec::Type::Group: return value.isObject();
    }
    return false;
}

} // namespace

bool ParamSpec::isSecretEntry(std::string_view name) const { return secretByName && namesSecret(name); }

void ParamSpec::check(const QJsonValue &value, const std::string &path, Problems &problems) const
{
    if (value.isNull() && optional)
        return;
    if (!hasType(*this, value)) {
        problems.push_back({path, key + " must be " + typeInWords(*this) + "."});
        return;
    }
    const bool isNumber = type == Type::Integer || type == Type::Real;
    if (isNumber && ((minimum && value.toDouble() < *minimum) || (maximum && value.toDouble() > *maximum))) {
        problems.push_back({path, key + " must be " + typeInWords(*this) + ", not " + numberInWords(value.toDouble()) + "."});
    } else if (type == Type::Integer && !maximum && std::abs(value.toDouble()) > 9007199254740992.0) {
        problems.push_back({path, key + " is too large."});
    } else if (type == Type::Choice && std::ranges::find(choices, value.toString().toStdString()) == choices.end()) {
        problems.push_back({path, key + " must be " + typeInWords(*this) + ", not " + quoted(value.toString().left(200)) + "."});
    } else if (type == Type::Path && value.toString().contains(QChar(0))) {
        problems.push_back({path, key + " must not contain a NUL character."});
    } else if (required && value.isString() && value.toString().isEmpty()) {
        problems.push_back({path, key + " is empty, and it is needed."});
    } else if (type == Type::Group) {
        checkParams(members, value.toObject(), path, problems);
    }
}

std::string typeInWords(const ParamSpec &spec)
{
    std::string words;
    switch (spec.type) {
    case ParamSpec::Type::Text: words = "text"; break;
    case ParamSpec::Type::Path: words = "a path"; break;
    case ParamSpec::Type::Integer: words = "a whole number"; break;
    case ParamSpec::Type::Real: words = "a number"; break;
    case ParamSpec::Type::Boolean: words = "true or false"; break;
    case ParamSpec::Type::Choice: words = "one of " + joined(spec.choices); break;
    case ParamSpec::Type::Level: words = "a level (DEBUG, INFO, WARNING, ERROR, CRITICAL or a number)"; break;
    case ParamSpec::Type::TextList: words = "a list of texts"; break;
    case ParamSpec::Type::TextMap: words = "an object of texts"; break;
    case ParamSpec::Type::Address: words = "an address: a text, or [host, port]"; break;
    case ParamSpec::Type::Group: words = "an object"; break;
    }
    if (spec.minimum && spec.maximum)
        words += " from " + numberInWords(*spec.minimum) + " to " + numberInWords(*spec.maximum);
    else if (spec.minimum)
        words += " of at least " + numberInWords(*spec.minimum);
    if (!spec.unit.empty())
        words += " (" + spec.unit + ")";
    return words;
}

std::string nameOf(ParamSpec::Hint hint)
{
    switch (hint) {
    case ParamSpec::Hint::None: break;
    case ParamSpec::Hint::Code: return "code";
    case ParamSpec::Hint::Encoding: return "encoding";
    case ParamSpec::Hint::Escaped: return "escaped";
    case ParamSpec::Hint::Expression: return "expression";
    case ParamSpec::Hint::File: return "file";
    case ParamSpec::Hint::Folder: return "folder";
    case ParamSpec::Hint::MailAddress: return "mailAddress";
    case ParamSpec::Hint::NewFile: return "newFile";
    case ParamSpec::Hint::Port: return "port";
    case ParamSpec::Hint::TimeOfDay: return "timeOfDay";
    }
    return {};
}

std::string missingSentence(const ParamSpec &spec) { return spec.key + " is missing: " + spec.help + "."; }

void checkParams(const std::vector<ParamSpec> &specs, const QJsonObject &params, const std::string &path,
                 Problems &problems)
{
    for (auto it = params.begin(); it != params.end(); ++it) {
        const std::string key = it.key().toStdString();
        const auto spec = std::ranges::find(specs, key, &ParamSpec::key);
        if (spec == specs.end())
            problems.push_back({path + "." + key, unknownKeySentence(specs, it.key())});
        else
            spec->check(it.value(), path + "." + key, problems);
    }
    for (const ParamSpec &spec : specs) {
        if (spec.required && !params.contains(QString::fromStdString(spec.key)))
            problems.push_back({path, missingSentence(spec)});
    }
}

bool isAddress(const QJsonValue &value)
{
    if (value.isString())
        return true;
    const QJsonArray pair = value.toArray();
    if (pair.size() != 2 || !pair[0].isString() || !pair[1].isDouble())
        return false;
    const double port = pair[1].toDouble();
    return port == std::floor(port) && port >= 0 && port <= 65535;
}

std::optional<int> levelFromJson(const QJsonValue &value)
{
    if (value.isDouble()) {
        const double number = value.toDouble();
        if (number == std::floor(number) && std::abs(number) <= std::numeric_limits<int>::max())
            return static_cast<int>(number);
        return std::nullopt;
    }
    if (!value.isString())
        return std::nullopt;
    return levelNumber(value.toString().toStdString());
}

QJsonValue levelToJson(int level)
{
    const std::string name = levelName(level);
    if (levelNumber(name) == level)
        return QString::fromStdString(name);
    return level;
}

} // namespace sluice
