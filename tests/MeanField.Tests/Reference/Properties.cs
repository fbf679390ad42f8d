using FsCheck;
using FsCheck.Fluent;

namespace MeanField.Tests.Reference;

/// <summary>Properties that hold for every input, on inputs drawn by FsCheck from a fixed seed and made small where one fails.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> inputs, int trials, Action<T> assertion) =>
        Check.One(
            Config
                .QuickThrowOnFailure.WithMaxTest(trials)
                .WithQuietOnSuccess(true)
                .WithReplay(new Replay(new Rnd(20250711), null)),
            Prop.ForAll(inputs.ToArbitrary(), assertion)
        );
}
