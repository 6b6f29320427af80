#include "node/NodeType.h"

#include "base/Secret.h"

#include <algorithm>
#include <filesystem>

namespace sluice {

namespace {

std::filesystem::path pathFromUtf8(const std::string &text)
{
    return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

} // namespace

std::string NodeContext::resolve(const std::string &path) const
{
    const std::filesystem::path resolved = (pathFromUtf8(baseDirectory) / pathFromUtf8(path)).lexically_normal();
    const std::u8string text = resolved.u8string();
    return {text.begin(), text.end()};
}

Result<std::string> NodeContext::reveal(const Secret &secret) const { return secret.reveal(baseDirectory, keyStoreAnswers.get()); }

NodeType::NodeType(std::string name, std::string summary, NodeKind kind)
    : m_name(std::move(name)), m_summary(std::move(summary)), m_kind(kind)
{
    if (kind != NodeKind::Handler)
        m_outputs.push_back({"out", "Records that pass", false});
    m_staysInside = kind == NodeKind::Filter || kind == NodeKind::Logger;
}

const ParamSpec *NodeType::param(std::string_view key) const
{
    const auto found = std::ranges::find(m_params, key, &ParamSpec::key);
    return found == m_params.end() ? nullptr : &*found;
}

const PortSpec *NodeType::output(std::string_view name) const
{
    const auto found = std::ranges::find(m_outputs, name, &PortSpec::name);
    return found == m_outputs.end() ? nullptr : &*found;
}

std::string NodeType::describe(const QJsonObject &params) const
{
    std::string words = m_describe ? m_describe(params) : std::string();
    return words.empty() ? m_summary : words;
}

Problems NodeType::check(const QJsonObject &params, const std::string &path) const
{
    Problems problems;
    checkParams(m_params, params, path, problems);
    if (problems.empty() && m_checkMore)
        m_checkMore(params, path, problems);
    return problems;
}

NodeGuarantee NodeType::guarantee(const QJsonObject &params, bool leadsOn) const
{
    return m_guarantee ? m_guarantee(params, leadsOn) : NodeGuarantee();
}

} // namespace sluice
