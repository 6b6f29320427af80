#pragma once

#include "chain/ChainComment.h"
#include "chain/ChainNode.h"
#include "chain/Wire.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace sluice {

/// An item of one of a chain's lists is put in (only `after`), taken out (only `before`) or changed (both). The index is
/// part of it, so that taking it back restores the order too.
template <typename Item>
struct ListEdit
{
    std::size_t index = 0;
    std::optional<Item> before;
    std::optional<Item> after;

    ListEdit inverse() const { return {index, after, before}; }
};

using NodeEdit = ListEdit<ChainNode>;
using WireEdit = ListEdit<Wire>;
using CommentEdit = ListEdit<ChainComment>;

/// The chain is called otherwise.
struct NameEdit
{
    std::string before;
    std::string after;

    NameEdit inverse() const { return {after, before}; }
};

/// The smallest change of a chain. All that people do to one is made of these, each of which can be taken back exactly.
using ChainEdit = std::variant<NodeEdit, WireEdit, CommentEdit, NameEdit>;

inline ChainEdit inverseOf(const ChainEdit &edit)
{
    return std::visit([](const auto &one) { return ChainEdit(one.inverse()); }, edit);
}

} // namespace sluice
