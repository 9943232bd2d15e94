using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>One cue of a subtitle file: when something is said, and what is told of who says it.</summary>
/// <param name="Index">Its place in the file, from 1 as subtitles are numbered, whatever number the file itself gives it.</param>
/// <param name="Id">The line above its times: an SRT's number, a WebVTT's identifier. Empty where there is none.</param>
/// <param name="Labels">Everything in its text that may name a speaker, in the order written.</param>
/// <param name="HasSpeech">False where there are no words, or only a description such as <c>[door slams]</c>.</param>
/// <param name="Text">Without mark-up; its lines joined by spaces.</param>
/// <param name="StartSpan">Where its start is written.</param>
/// <param name="EndSpan">Where its end is written.</param>
/// <param name="Span">Its first line of text; its times where it has none.</param>
internal sealed record Cue(
    int Index,
    string Id,
    TimeRange Times,
    IReadOnlyList<SpeakerLabel> Labels,
    bool HasSpeech,
    string Text,
    SourceSpan StartSpan,
    SourceSpan EndSpan,
    SourceSpan Span);

/// <summary>How a speaker may be named in a cue.</summary>
internal enum LabelForm
{
    /// <summary>WebVTT's <c>&lt;v NAME&gt;</c>: nothing else can be meant.</summary>
    Voice,

    /// <summary><c>NAME:</c> at the beginning of a line.</summary>
    Colon,

    /// <summary><c>[NAME]</c> or <c>(NAME)</c> at the beginning of a line; mostly a description of a sound.</summary>
    Bracket,

    /// <summary><c>&gt;&gt;</c> without a name: somebody else speaks.</summary>
    Chevrons,

    /// <summary>A dash at the beginning of a line: somebody speaks; in a cue with two of them, two people.</summary>
    Dash,
}

/// <summary>Something in a cue that may name who speaks.</summary>
/// <param name="Name">As written; empty where the form has no name.</param>
/// <param name="IsFirst">Whether nothing is said in the cue before it.</param>
internal sealed record SpeakerLabel(LabelForm Form, string Name, bool IsFirst, SourceSpan Span);
